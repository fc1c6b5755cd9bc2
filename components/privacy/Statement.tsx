import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { assertNever } from '../../utils/result/result.ts';
import { readStatement, sectionsOf, type Block, type Run, type Section } from './statement.ts';

/**
 * The privacy statement, drawn from the text of PRIVACY.md, so that page and file are always one.
 * Promises stay in sight; the tests that hold them, and the notices, open on a press.
 */
export function Statement({ markdown }: { readonly markdown: string }): JSX.Element {
  const sections = useMemo(() => sectionsOf(readStatement(markdown)), [markdown]);
  return (
    <div class="statement">
      {sections.map((section, index) => (
        <SectionView key={index} section={section} />
      ))}
    </div>
  );
}

function SectionView({ section }: { readonly section: Section }): JSX.Element {
  const { heading, blocks, proofs } = section;
  const head = heading && <Heading level={heading.level} runs={heading.runs} />;
  const body = blocks.map((block, index) => <BlockView key={index} block={block} />);
  if (head && heading.level > 2 && proofs.length === 0) {
    return (
      <details>
        <summary>{head}</summary>
        {body}
      </details>
    );
  }
  return (
    <>
      {head}
      {body}
      {proofs.length > 0 && (
        <details>
          <summary class="small soft">The tests that hold {spanOf(proofs)}</summary>
          {proofs.map((runs, index) => (
            <p key={index} class="small soft">
              <Runs runs={runs} />
            </p>
          ))}
        </details>
      )}
    </>
  );
}

/** `P1 to P5`, by the numbers that the promises begin with. */
function spanOf(proofs: Section['proofs']): string {
  const [first = '', ...more] = proofs.map(([name]) => name?.text.replace(/\.$/, '') ?? '');
  const last = more.at(-1);
  return last === undefined ? first : `${first} to ${last}`;
}

function BlockView({ block }: { readonly block: Block }): JSX.Element {
  switch (block.kind) {
    case 'heading':
      // The page's own heading stands above: the statement's begin one level lower.
      return <Heading level={block.level} runs={block.runs} />;
    case 'paragraph':
      return (
        <p>
          <Runs runs={block.runs} />
        </p>
      );
    case 'list': {
      const items = block.items.map((runs, index) => (
        <li key={index}>
          <Runs runs={runs} />
        </li>
      ));
      return block.from === null ? <ul>{items}</ul> : <ol start={block.from}>{items}</ol>;
    }
    default:
      return assertNever(block);
  }
}

function Heading(props: { readonly level: number; readonly runs: readonly Run[] }): JSX.Element {
  const text = <Runs runs={props.runs} />;
  if (props.level <= 1) return <h2>{text}</h2>;
  return props.level === 2 ? <h3>{text}</h3> : <h4>{text}</h4>;
}

function Runs({ runs }: { readonly runs: readonly Run[] }): JSX.Element {
  return <>{runs.map(drawRun)}</>;
}

function drawRun(run: Run, index: number): JSX.Element | string {
  switch (run.kind) {
    case 'text':
      return run.text;
    case 'strong':
      return <strong key={index}>{run.text}</strong>;
    case 'emphasis':
      return <em key={index}>{run.text}</em>;
    case 'code':
      return <code key={index}>{run.text}</code>;
    case 'link':
      return (
        <a key={index} href={run.href} target="_blank" rel="noreferrer">
          {run.text}
        </a>
      );
    default:
      return assertNever(run);
  }
}
