/**
 * Texts that look like names and are none: what buttons, links, greetings and states say. Only their first words
 * are listed, in the languages that CRMs are used in most.
 */
const FIRST_WORDS =
  /^(?:edit|view|show|open|close|send|sent|write|reply|forward|call|new|add|create|delete|remove|save|cancel|copy|share|log|sign|more|less|see|go|back|next|previous|last|first|all|my|not|no|in|on|at|in-progress|active|inactive|won|lost|lead|owner|status|details|contact us|click|learn|read|unknown|untitled|best regards|kind regards|regards|dear|hello|hi|thanks|thank you|sincerely|bearbeiten|anzeigen|öffnen|senden|schreiben|anrufen|neu|neue|neuer|löschen|mehr|weiter|zurück|aktiv|offen|liebe|lieber|hallo|mit freundlichen|viele grüße|modifier|voir|ouvrir|envoyer|écrire|appeler|nouveau|nouvelle|supprimer|bonjour|cordialement|editar|ver|abrir|enviar|escribir|llamar|nuevo|nueva|eliminar|hola|saludos|e-?mail|mail|phone|tel|telephone|mobile|fax|website|address|telefon|mobil|adresse|tél|correo|courriel)(?:[\s,.:!]|$)/i;

/** What headings and job titles begin with, which are written in capitals like names. */
const TITLE_WORDS =
  /^(?:contacts?|billing|shipping|office|customers?|clients?|accounts?|personal|general|additional|related|recent|upcoming|team|sales|support|about|head of|senior|junior|chief|managing|vice|assistant|regional|key|projects?|products?|marketing|finance|technical|human|site|works?|purchasing|quality|operations|company|our|(?:ansprechpartner|kontakt|rechnungs|leit|geschäftsführ|vertrieb|einkauf)\p{Ll}*|responsable|directeur|directrice|gerente|director)\s+\p{L}/iu;

/** What a link or its tooltip says before the name of whom it writes to. */
const WRITE_TO =
  /^(?:(?:send|write|compose|new|open|eine?|schreibe?n?|sende?n?|envoyer|écrire|enviar|escribir)\s)?(?:(?:an?|un|une|eine?|new)\s)?(?:(?:e-?mails?|mails?|messages?|nachricht|message|mensaje|correo|courriel)\b\s*)?(?:(?:to|an|à|a|für|para|til|aan|für|:)\s+|[:\u2013-]\s*)?/i;

/** Whether a text is something that pages say beside contacts, and no name. */
export function isPageWording(text: string): boolean {
  return FIRST_WORDS.test(text) || TITLE_WORDS.test(text);
}

/** `Send an e-mail to Anna Berg` → `Anna Berg`. A text that says nothing of the kind stays as it is. */
export function withoutWriteTo(text: string): string {
  const rest = text.slice(WRITE_TO.exec(text)?.[0].length ?? 0);
  return rest === '' ? text : rest;
}
