import type { JSX } from 'preact';
import type { AccountView } from '../../utils/messaging/messaging.ts';

/** A provider's glyph, from public/provider-icons/. Its name is read out instead. */
export function ProviderIcon(props: {
  readonly id: AccountView['providerId'];
  readonly name: string;
}): JSX.Element {
  return (
    <img
      class="provider-icon"
      src={`/provider-icons/${props.id}.svg`}
      alt={props.name}
      width={20}
      height={20}
    />
  );
}
