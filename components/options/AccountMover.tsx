import type { JSX } from 'preact';
import { Icon } from '../parts/Icon.tsx';

/** Two buttons that move an account one place. At an end a button stays, so that the focus does. */
export function AccountMover(props: {
  /** What is moved, by name. */
  readonly name: string;
  /** Its account's id: names the buttons in the page. */
  readonly id: string;
  readonly place: number;
  readonly places: number;
  readonly onMove: (by: 1 | -1) => void;
}): JSX.Element {
  const { name, id, place, places, onMove } = props;
  const button = (by: 1 | -1): JSX.Element => {
    const atEnd = by === -1 ? place === 0 : place === places - 1;
    const label = `Move ${name} ${by === -1 ? 'up' : 'down'}`;
    return (
      <button
        type="button"
        id={`move${by}-${id}`}
        class="button button-icon button-small"
        aria-label={label}
        title={label}
        aria-disabled={atEnd}
        onClick={() => {
          if (!atEnd) onMove(by);
        }}
      >
        <Icon name={by === -1 ? 'up' : 'lower'} />
      </button>
    );
  };
  return (
    <div class="mover">
      {button(-1)}
      {button(1)}
    </div>
  );
}
