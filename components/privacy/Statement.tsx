import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { assertNever } from '../../utils/result/result.ts';
import { readStatement, type Block, type Run } from './statement.ts';

/** The privacy statement, drawn from the text of PRIVACY.md, so that page and file are always one. */
export function Statement({ markdown }: { readonly markdown: string }): JSX.Element {
  const blocks = useMemo(() => readStatement(markdown), [markdown]);
  return (
    <div class="statement">
      {blocks.map((block, index) => (
        <BlockView key={index} block={block} />
      ))}
    </div>
  );
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
      // Each promise names the test that holds it: for those who look it up, not to be read first.
      return run.text.startsWith('(test:') ? (
        <small key={index} class="soft">
          {run.text}
        </small>
      ) : (
        <em key={index}>{run.text}</em>
      );
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
