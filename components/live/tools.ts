import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Client } from '../../utils/messaging/messaging.ts';
import type { Clock, HostPermissions, Notices, Passkeys } from '../../utils/platform/platform.ts';
import type { FileToSave } from './save-file.ts';

/** What a page gives its components: no power but messages and the browser's own question. */
export interface Tools {
  readonly client: Client;
  readonly hostPermissions: Pick<HostPermissions, 'request' | 'remove'>;
  /** Notifications of the system: whether they are allowed, and the browser's question. */
  readonly notices: Pick<Notices, 'allowed' | 'allow' | 'forbid'>;
  readonly passkeys: Passkeys;
  readonly clock: Pick<Clock, 'now'>;
  /** Closes the window that the page is in. */
  readonly close: () => void;
  /** Hands the person a file, without any request. */
  readonly saveFile: (file: FileToSave) => void;
}

/** The page's tools, given once at the top by `ToolsContext.Provider`. */
export const ToolsContext = createContext<Tools | null>(null);

/** @throws Error when a component is drawn outside of a page. */
export function useTools(): Tools {
  const tools = useContext(ToolsContext);
  if (!tools) throw new Error('a component was drawn outside of ToolsContext');
  return tools;
}
