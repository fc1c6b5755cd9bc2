/**
 * Room `vocabulary`: the closed lists of words by which several rooms mean the same.
 *
 * What is stored, what a page sees and what a provider answers are shapes of their own; the ids and
 * reasons in them are these. Each list is the one source of its type and of every schema that names
 * it. A word that was ever stored stays in its list. It refuses shapes and texts. Read by every room.
 */

/** The kinds of mailboxes that Postern knows. */
export const PROVIDER_IDS = ['gmail', 'outlook', 'jmap', 'smtp'] as const;
/** One of the kinds of mailboxes. */
export type ProviderId = (typeof PROVIDER_IDS)[number];

/** The steps of the scope ladder, lowest right first (DESIGN section 7). */
export const RUNGS = ['send', 'drafts', 'read', 'files', 'shared-mailbox'] as const;
/** One step of the scope ladder. */
export type Rung = (typeof RUNGS)[number];

/** Kinds of accounts, where a provider tells them apart. */
export const ACCOUNT_TYPES = ['work', 'personal'] as const;

/**
 * What a further address that a person sends from is: one more of the account's own mailbox, or a
 * mailbox of its own (or a group's, or a colleague's) in whose name they may send.
 */
export const OTHER_SENDER_KINDS = ['alias', 'shared-mailbox'] as const;

/** Colours that a person tells accounts apart by; pages have a token for each. */
export const ACCOUNT_COLOURS = ['slate', 'moss', 'sea', 'plum', 'clay', 'straw'] as const;

/** Why something has to wait that may work by itself in a while. */
export const WAIT_REASONS = [
  'offline',
  'timeout',
  'network',
  'provider-error',
  'rate-limit',
  'daily-limit',
  'strange-answer',
] as const;
/** One reason to wait. */
export type WaitReason = (typeof WAIT_REASONS)[number];

/**
 * Why the person has to sign in: the last silent way ended in one of these OAuth errors (RFC 6749
 * 5.2, OpenID Connect Core 3.1.2.6), or in what is no error of OAuth's.
 */
export const SIGN_IN_REASONS = [
  'invalid_grant',
  'interaction_required',
  'login_required',
  'consent_required',
  'access_denied',
  /** The account has no grant at all, for example after it was revoked here. */
  'no_grant',
  /** The provider keeps refusing tokens that it has just issued. */
  'token_rejected',
] as const;
/** One reason to sign in. */
export type SignInReason = (typeof SIGN_IN_REASONS)[number];

/**
 * Why a mail that the person wanted back stays with the provider: it goes in a moment, or the provider lets
 * Postern ask for nothing (no sign-in, right or host).
 */
export const NOT_BACK = ['too-late', 'no-access'] as const;

/** The parts of the outbox that a person looks at one by one, the most urgent first. */
export const MAIL_GROUPS = ['needs-you', 'failed', 'waiting', 'sending', 'drafts', 'sent'] as const;
/** One part of the outbox. */
export type MailGroup = (typeof MAIL_GROUPS)[number];

/** How a call can end. The first is an answer, whatever it says; the others are none. */
export const CALL_RESULTS = [
  'answered',
  'host-not-allowed',
  'offline',
  'timeout',
  'aborted',
  'failed',
  'redirected',
  'cors-refused',
] as const;

/** Why the person should look twice before writing to a contact that a page offered. */
export const DOUBTS = [
  /** The page shows another address or name than the link writes to. The link's address is the one given. */
  'shown-differently',
  /** Invisible or direction-changing characters were taken out of the name or the text around it. */
  'hidden-characters',
  /** A part of the domain mixes scripts whose letters look alike, such as Latin and Cyrillic. */
  'mixed-scripts',
  /** Written as `name [at] example [dot] com`. */
  'spelled-out',
  /** It is in the page, but the person can't see it there. */
  'not-visible',
  /** The name merely stands nearby, and nothing of it is in the address: it may be another person's. */
  'name-unlike',
] as const;

/** One of the reasons to look twice. */
export type Doubt = (typeof DOUBTS)[number];
