import type { PeerClock } from '../clock.ts';
import type { PeerAnswer, PeerRequest } from '../peer.ts';
import type { GraphError } from './graph-errors.ts';
import type { Mailboxes } from './mailbox.ts';
import type { View } from './message-resource.ts';
import type { MicrosoftIds } from './microsoft-ids.ts';
import type { MicrosoftAccount, MicrosoftSwitches } from './microsoft-options.ts';
import type { AccessToken, Tokens } from './tokens.ts';
import type { Throttle } from './throttle.ts';
import type { UploadSessions } from './upload-sessions.ts';
import type { DueMailWatch } from './watch-for-due-mail.ts';

/** What graph.microsoft.com works with. */
export interface GraphParts {
  readonly clock: PeerClock;
  readonly ids: MicrosoftIds;
  readonly switches: MicrosoftSwitches;
  readonly accounts: readonly MicrosoftAccount[];
  readonly tokens: Tokens;
  readonly throttle: Throttle;
  readonly mailboxes: Mailboxes;
  readonly uploads: UploadSessions;
  readonly watch: DueMailWatch;
}

/** A call that has passed token, limits and scopes. */
export interface GraphCall {
  readonly parts: GraphParts;
  readonly token: AccessToken;
  readonly account: MicrosoftAccount;
  readonly request: PeerRequest;
  /** All of the request's body. */
  readonly body: Buffer;
  readonly view: View;
  /** The parts of the path that the method's pattern caught, decoded. */
  readonly captured: readonly string[];
}

/** What a method gives: an answer, or the error that Graph words. */
export type Reply = PeerAnswer | GraphError;

/** True for an error that is still to be worded. */
export function isGraphError(reply: Reply): reply is GraphError {
  return 'code' in reply;
}

/** Done, nothing to say. */
export function empty(status: 202 | 204): PeerAnswer {
  return { status, headers: { 'cache-control': 'private' } };
}
