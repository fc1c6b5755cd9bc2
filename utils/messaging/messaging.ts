/**
 * Room `messaging`: every message between contexts, in one file, with its sender rule and schemas.
 *
 * `messages.ts` joins the lists of them; `…-views.ts` say what a page may see of each record; `client.ts` is a
 * page's way to the worker. Unknown senders and unknown messages are refused by `dispatch`, which
 * parses requests on their way in and answers on their way out. Pages import types and the client
 * only, so that no schema weighs on them.
 */
export type { AttachBegin, AttachEnd, PieceOutcome } from './attachment-outcomes.ts';
export { createClient } from './client.ts';
export type { Change, Client, MessageError } from './client.ts';
export { messages } from './messages.ts';
export { isEnvelope, openingMessages } from './opening-messages.ts';
export type { AnswerOf, MessageName, Messages, RequestOf } from './messages.ts';
export type {
  GrantOutcome,
  LinkOutcome,
  OtherSendersOutcome,
  RevokeResult,
  StepDownOutcome,
} from './account-outcomes.ts';
export type {
  AccountColour,
  AccountHealth,
  AccountView,
  NeedsAdmin,
  ProviderView,
  RungName,
  UnreadableView,
} from './account-views.ts';
export type { ClientTestOutcome, ClientView, SaveClientOutcome } from './client-views.ts';
export type { LockView, PasskeyQuestionView, UnlockOutcome } from './lock-views.ts';
export type {
  DraftView,
  MailState,
  GroupCounts,
  MailView,
  QueueOutcome,
  RejectionView,
  SaveOutcome,
  SchedulePlace,
  Suggestion,
} from './mail-views.ts';
export type {
  CallView,
  EraseReport,
  HostView,
  InventoryLine,
  StatisticsView,
} from './privacy-views.ts';
export type { FollowingView, SettingsFileOutcome } from './settings-views.ts';
export type {
  MergeRecipientView,
  MergeStart,
  MergeSummary,
  MergeView,
  RowOutcome,
  SuppressionOutcome,
  SuppressionView,
} from './merge-views.ts';
