import * as z from 'zod/mini';
import { hasControlCharacter, isAddress } from '../mail/mail.ts';
import { once } from '../once/once.ts';
import { DOUBTS } from '../vocabulary/vocabulary.ts';
import { FOUND_LIMITS, RELATIONS, SOURCES, type FoundContacts } from './found-contacts.ts';

/**
 * The answer of a search as it comes from a page's side, which is hostile: refused whole when anything in it is larger
 * or other than a search can give. Unknown keys are left out.
 */
export const foundContactsSchema: () => z.ZodMiniType<FoundContacts> =
  /* @__PURE__ */ once(createSchema);

function createSchema(): z.ZodMiniType<FoundContacts> {
  const name = z.string().check(
    z.maxLength(FOUND_LIMITS.nameChars),
    z.refine((text) => !hasControlCharacter(text)),
  );
  const address = z.string().check(z.maxLength(FOUND_LIMITS.addressChars), z.refine(isAddress));
  const recipients = z
    .array(z.object({ name, address }))
    .check(z.maxLength(FOUND_LIMITS.recipients));
  const subject = z.string().check(
    z.maxLength(FOUND_LIMITS.subjectChars),
    z.refine((text) => !hasControlCharacter(text)),
  );
  return z.object({
    prefill: z.object({
      to: recipients,
      cc: recipients,
      bcc: recipients,
      subject,
      text: z.string().check(z.maxLength(FOUND_LIMITS.textChars)),
    }),
    contacts: z
      .array(
        z.object({
          name,
          address,
          source: z.enum(SOURCES),
          relation: z.enum(RELATIONS),
          doubts: z.array(z.enum(DOUBTS)).check(z.maxLength(DOUBTS.length)),
        }),
      )
      .check(z.maxLength(FOUND_LIMITS.mostContacts)),
    complete: z.boolean(),
  });
}
