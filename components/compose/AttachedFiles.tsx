import type { ComponentChildren, JSX } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import {
  isPicture,
  sizeInMessage,
  withoutPicture,
  type AttachmentReference,
} from '../../utils/mail/mail.ts';
import { useLive } from '../live/use-live.ts';
import { Icon } from '../parts/Icon.tsx';
import { attachText, roomText, tooMuchText, type MailRoom } from '../texts/attach-texts.ts';
import { wholeText } from '../texts/outcome-text.ts';
import { sizeText } from '../texts/times-and-sizes.ts';
import type { Attacher } from './attacher.ts';
import type { DraftKeeper } from './draft-keeper.ts';
import type { PendingFile } from './pending-files.ts';
import { putIntoText } from './pictures-in-text.ts';
import './files.css';

/** Larger pictures are not decoded for a picture of a few pixels. */
const MOST_THUMBNAIL_BYTES = 10 * 1024 * 1024;

/** The files of a mail: attached, on their way, and those that did not get there. Nothing without any. */
export function AttachedFiles(props: {
  readonly keeper: DraftKeeper;
  readonly attacher: Attacher;
  /** What the account takes in one mail; null when that is not known. */
  readonly room: MailRoom | null;
}): JSX.Element {
  const { keeper, attacher, room } = props;
  const { attachments } = useLive(keeper.version).content;
  const pending = useLive(attacher.pending);
  const news = useLive(attacher.news);
  const list = useRef<HTMLElement>(null);
  useFocusAfterRemoval(list);
  return (
    <>
      <p class="unseen" role="status">
        {news}
      </p>
      {attachments.length + pending.length > 0 && (
        <section class="files" aria-label="Files" ref={list}>
          <ul>
            {attachments.map((file) => (
              <Attached key={file.id} file={file} keeper={keeper} attacher={attacher} />
            ))}
            {pending.map((file) => (
              <Pending key={file.key} file={file} onDrop={() => attacher.drop(file.key)} />
            ))}
          </ul>
          <Room
            sizes={[
              ...attachments.map((file) => file.sizeBytes),
              ...pending.filter(({ trouble }) => trouble === null).map((file) => file.sizeBytes),
            ]}
            room={room}
          />
        </section>
      )}
    </>
  );
}

function Attached(props: {
  readonly file: AttachmentReference;
  readonly keeper: DraftKeeper;
  readonly attacher: Attacher;
}): JSX.Element {
  const { file, keeper, attacher } = props;
  const source = file.mediaType.startsWith('image/') ? attacher.sourceOf(file.id) : null;
  return (
    <Line
      file={file}
      mark={
        source !== null && file.sizeBytes <= MOST_THUMBNAIL_BYTES ? (
          <Thumbnail source={source} />
        ) : (
          <Icon name="clip" />
        )
      }
      act={`Remove ${file.fileName}`}
      onAct={() => attacher.remove(file)}
    >
      {isPicture(file.mediaType) && <PlaceOfPicture file={file} keeper={keeper} />}
    </Line>
  );
}

/** Whether a picture is shown in the text, and the way to change that. */
function PlaceOfPicture(props: {
  readonly file: AttachmentReference;
  readonly keeper: DraftKeeper;
}): JSX.Element {
  const { file, keeper } = props;
  const { fileName, contentId } = file;
  const change = (): void => {
    if (contentId === null) {
      const field = document.querySelector<HTMLTextAreaElement>('textarea#text');
      if (field) putIntoText(field, file);
      return;
    }
    const { content } = keeper.version.value;
    keeper.change({ content: { ...content, text: withoutPicture(content.text, file) } });
  };
  const label = contentId === null ? 'Show it in the text' : 'Take it out of the text';
  return (
    <p class="file-note small">
      {contentId !== null && <span class="soft">Shown in the text where its mark stands. </span>}
      <button
        type="button"
        class="button button-small button-bare"
        aria-label={`${label}: ${fileName}`}
        onClick={change}
      >
        {label}
      </button>
    </p>
  );
}

function Pending(props: { readonly file: PendingFile; readonly onDrop: () => void }): JSX.Element {
  const { file, onDrop } = props;
  const { fileName, sizeBytes, sealedBytes, trouble } = file;
  if (trouble !== null) {
    const act = `Take ${fileName} off the list`;
    return (
      <Line file={file} wrong mark={<Icon name="heed" />} act={act} onAct={onDrop}>
        <p class="file-note small" role="alert">
          {wholeText(attachText(trouble))}
        </p>
      </Line>
    );
  }
  const text = `${sizeText(sealedBytes)} of ${sizeText(sizeBytes)}`;
  return (
    <Line file={file} mark={<Icon name="clock" />} act={`Stop ${fileName}`} onAct={onDrop}>
      <progress
        class="file-note"
        aria-label={`Sealing ${fileName}`}
        aria-valuetext={text}
        value={sealedBytes}
        max={Math.max(1, sizeBytes)}
      />
    </Line>
  );
}

function Line(props: {
  readonly file: { readonly fileName: string; readonly sizeBytes: number };
  readonly mark: JSX.Element;
  readonly wrong?: boolean;
  readonly act: string;
  readonly onAct: () => void;
  readonly children?: ComponentChildren;
}): JSX.Element {
  const { file, mark, wrong = false, act, onAct, children } = props;
  return (
    <li class={wrong ? 'file file-wrong' : 'file'}>
      {mark}
      <bdi class="one-line" title={file.fileName}>
        {file.fileName}
      </bdi>
      <span class="soft small">{sizeText(file.sizeBytes)}</span>
      <button type="button" class="chip-remove" aria-label={act} title={act} onClick={onAct}>
        <Icon name="cross" />
      </button>
      {children}
    </li>
  );
}

/** Only of a file that was picked in this window: for others the worker would have to give bytes out. */
function Thumbnail({ source }: { readonly source: File }): JSX.Element {
  const [url, setUrl] = useState<string | null>(null);
  useLayoutEffect(() => {
    const made = URL.createObjectURL(source);
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [source]);
  if (url === null) return <Icon name="clip" />;
  // What only its name calls a picture looks like any other file.
  return <img class="thumbnail" src={url} alt="" onError={() => setUrl(null)} />;
}

/** How much of what the account takes is used, and what helps when it is too much. */
function Room(props: {
  readonly sizes: readonly number[];
  readonly room: MailRoom | null;
}): JSX.Element | null {
  const { sizes, room } = props;
  const total = sizes.reduce((sum, size) => sum + size, 0);
  if (room === null) return <p class="soft small">{sizeText(total)}</p>;
  const used = sizes.reduce((sum, size) => sum + sizeInMessage(size), 0);
  const share = roomText(total, room.messageBytes);
  if (used <= room.messageBytes) return <p class="soft small">{share}</p>;
  return (
    <p class="small file-wrong" role="alert">
      <Icon name="heed" /> {share}. {tooMuchText(used, room)}
    </p>
  );
}

/** A button that is taken away takes the focus with it: it goes to the one in its place, or the last one left. */
function useFocusAfterRemoval(list: { readonly current: HTMLElement | null }): void {
  const at = useRef(-1);
  const buttons = (): HTMLElement[] => [...(list.current?.querySelectorAll('button') ?? [])];
  useLayoutEffect(() => {
    const onFocus = ({ target }: FocusEvent): void => {
      at.current = buttons().findIndex((button) => button === target);
    };
    document.addEventListener('focusin', onFocus);
    return () => document.removeEventListener('focusin', onFocus);
  }, []);
  useLayoutEffect(() => {
    if (at.current < 0 || document.activeElement !== document.body) return;
    const left = buttons();
    const next = left[Math.min(at.current, left.length - 1)];
    (next ?? document.querySelector<HTMLElement>('#attach'))?.focus();
  });
}
