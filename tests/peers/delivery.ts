/** A mail that a peer accepted: from that moment it counts as sent, whatever the client was told. */
export interface Delivery {
  /** The provider's id of the message. */
  readonly id: string;
  readonly threadId: string;
  /** The mailbox that sent it. */
  readonly account: string;
  /** SMTP envelope: who gets it, Bcc included, each address once. */
  readonly envelope: { readonly from: string; readonly to: readonly string[] };
  /** The bytes exactly as the client gave them. */
  readonly accepted: Uint8Array;
  /** The bytes that recipients get: Bcc gone, Message-ID and perhaps From replaced. */
  readonly delivered: Uint8Array;
  /** The Message-ID that recipients see. */
  readonly messageId: string;
  readonly at: number;
}

/** A delivery whose bytes for the recipients are put together when somebody looks at them, and kept. */
export function deliveryOf(
  mail: Omit<Delivery, 'delivered'> & { readonly delivered: () => Uint8Array },
): Delivery {
  let kept: Uint8Array | null = null;
  return {
    ...mail,
    get delivered() {
      return (kept ??= mail.delivered());
    },
  };
}
