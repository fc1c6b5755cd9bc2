import type { JSX } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { unpackPeople, type Mailbox } from '../../utils/mail/mail.ts';
import {
  ENCODINGS,
  type Encoding,
  type KeptPlan,
  type MergeTable,
} from '../../utils/merge/merge.ts';
import type { DraftView } from '../../utils/messaging/messaging.ts';
import { Notice } from '../parts/Notice.tsx';
import { keptTableText, readTableText } from '../texts/merge-texts.ts';
import { readFile, readHtml, readPasted, type ReadTable } from './read-table.ts';
import { tableOf } from './use-plan.ts';

/** Where the table of recipients comes from: a file, what is pasted, the page, or the draft itself. */
export function TableSource(props: {
  readonly draft: DraftView;
  /** The table that stands there already; null for none. */
  readonly kept: KeptPlan | null;
  readonly to: readonly Mailbox[];
  readonly onTable: (table: MergeTable | null) => void;
}): JSX.Element {
  const { draft, kept, to, onTable } = props;
  const found = [...draft.suggestions.map(sureName), ...unpackPeople(draft.alsoFound)];
  const [read, setRead] = useState<ReadTable | null>(null);
  const [bytes, setBytes] = useState<Uint8Array | null>(null);
  const picker = useRef<HTMLInputElement>(null);
  const take = (found: ReadTable): void => {
    setRead(found);
    onTable(found.kind === 'read' ? found.table : null);
  };
  const takeFile = async (file: File | undefined): Promise<void> => {
    if (!file) return;
    const content = new Uint8Array(await file.arrayBuffer());
    setBytes(content);
    take(readFile(content));
  };
  const takePeople = (people: readonly Mailbox[]): void => {
    setBytes(null);
    take({ kind: 'read', table: tableOf(people), encoding: null, doubtful: false });
  };
  return (
    <>
      <div class="row">
        <button type="button" class="button" onClick={() => picker.current?.click()}>
          Choose a CSV file
        </button>
        <input
          ref={picker}
          class="unseen"
          type="file"
          autocomplete="off"
          tabIndex={-1}
          aria-label="CSV file with recipients"
          accept=".csv,.tsv,.txt,text/csv,text/tab-separated-values,text/plain"
          onChange={({ currentTarget }) => {
            void takeFile(currentTarget.files?.[0]);
            currentTarget.value = '';
          }}
        />
        {found.length > 0 && (
          <button type="button" class="button" onClick={() => takePeople(found)}>
            Write to all {found.length} found on the page
          </button>
        )}
        {to.length > 0 && (
          <button type="button" class="button" onClick={() => takePeople(to)}>
            Write to the {to.length} in To
          </button>
        )}
      </div>
      <PasteField
        onTable={(found) => {
          setBytes(null);
          take(found);
        }}
      />
      {read && <ReadNotice read={read} />}
      {!read && kept && (
        <Notice tone="quiet">
          <p>{keptTableText(kept.table)}</p>
        </Notice>
      )}
      {bytes && read?.kind === 'read' && (
        <EncodingChoice
          chosen={read.encoding ?? 'utf-8'}
          onChoose={(encoding) => take(readFile(bytes, encoding))}
        />
      )}
    </>
  );
}

/** A name that may be another person's greets nobody. */
function sureName({ name, address, doubts }: DraftView['suggestions'][number]): Mailbox {
  return { name: doubts.includes('name-unlike') ? '' : name, address };
}

function PasteField(props: { readonly onTable: (read: ReadTable) => void }): JSX.Element {
  return (
    <div class="field">
      <label for="merge-paste">Or paste cells from a spreadsheet or a table on a page</label>
      <textarea
        id="merge-paste"
        class="input"
        rows={2}
        autocomplete="off"
        spellcheck={false}
        onPaste={(event) => {
          const html = event.clipboardData?.getData('text/html') ?? '';
          const text = event.clipboardData?.getData('text/plain') ?? '';
          event.preventDefault();
          props.onTable(readHtml(html) ?? readPasted(text));
        }}
        onChange={({ currentTarget }) => {
          if (currentTarget.value.trim() !== '') props.onTable(readPasted(currentTarget.value));
        }}
      />
    </div>
  );
}

function ReadNotice({ read }: { readonly read: ReadTable }): JSX.Element {
  const tone = read.kind === 'read' && !read.doubtful ? 'good' : 'heed';
  return (
    <Notice tone={tone} urgent={tone === 'heed'}>
      <p>{readTableText(read)}</p>
    </Notice>
  );
}

function EncodingChoice(props: {
  readonly chosen: Encoding;
  readonly onChoose: (encoding: Encoding) => void;
}): JSX.Element {
  return (
    <div class="field merge-short">
      <label for="merge-encoding">Are letters wrong? Read the file as</label>
      <select
        id="merge-encoding"
        class="input"
        autocomplete="off"
        value={props.chosen}
        onChange={({ currentTarget }) => {
          const encoding = ENCODINGS.find((one) => one === currentTarget.value);
          if (encoding) props.onChoose(encoding);
        }}
      >
        {ENCODINGS.map((encoding) => (
          <option key={encoding} value={encoding}>
            {encoding}
          </option>
        ))}
      </select>
    </div>
  );
}
