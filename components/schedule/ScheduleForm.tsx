import type { JSX } from 'preact';
import { useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { useTools } from '../live/tools.ts';
import { ActButton } from '../parts/ActButton.tsx';
import { momentText } from '../texts/times-and-sizes.ts';
import { chosenTime, type ChosenTime, type TimeFields } from './chosen-time.ts';
import { presetsAt } from './schedule-presets.ts';
import { daysLater, fieldsOf, instantsOf, knownZones, ownZone, wallTimeAt } from './zoned-time.ts';
import './schedule.css';

/** A time to go, and the zone in which it was chosen. */
export interface ChosenSchedule {
  readonly at: number;
  readonly zone: string;
}

/** What asking for a time needs. */
export interface ScheduleFormProps {
  /** True where it is the one act of its window. */
  readonly main: boolean;
  readonly mailId: string;
  /** The time that it has; null, or in the past, when another has to be found. */
  readonly before?: ChosenSchedule | null;
  /** Resolves to what went wrong, to be shown here; null when all is well. */
  readonly onChoose: (schedule: ChosenSchedule) => Promise<string | null>;
  readonly onCancel: () => void;
}

/** Said where a time is chosen, because it is only true while this device is awake. */
const ON_THIS_DEVICE =
  'This device sends it: it has to be on and online then, with the browser running. If it is late by more than you allow in the settings, Postern asks you before it sends.';

/** Asks when a mail goes: by a name, or by date, time and time zone. Escape is a no. */
export function ScheduleForm(props: ScheduleFormProps): JSX.Element {
  const { main, mailId, before = null, onChoose, onCancel } = props;
  const { clock } = useTools();
  const now = clock.now();
  const [fields, setFields] = useState<TimeFields>(() => firstFields(before, now));
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => box.current?.querySelector('button')?.focus(), []);
  const found = chosenTime(fields, now);
  const choose = async (): Promise<string | null> => {
    // Time has gone on since it was drawn.
    const { at, said } = chosenTime(fields, clock.now());
    return at === null ? said : onChoose({ at, zone: fields.zone });
  };
  return (
    <div
      class="schedule"
      role="group"
      aria-label="When should it go?"
      ref={box}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onCancel();
        // Ctrl+Enter sends a mail at once: not while a time is chosen.
        if (event.key === 'Enter') event.stopPropagation();
      }}
    >
      <div class="row">
        {presetsAt(now, fields.zone).map(({ name, at }) => (
          <ActButton
            key={name}
            size="small"
            busyText="Scheduling…"
            label={`${name}: ${momentText(at, now)}`}
            onAct={() => onChoose({ at, zone: fields.zone })}
          >
            {name}
          </ActButton>
        ))}
      </div>
      <DateAndTime fields={fields} found={found} onChange={setFields} />
      <p class="small" role="status">
        {found.said}
      </p>
      <Place mailId={mailId} />
      <div class="row">
        <ActButton kind={main ? 'wax' : 'ink'} busyText="Scheduling…" onAct={choose}>
          Schedule
        </ActButton>
        <button type="button" class="button" onClick={onCancel}>
          Cancel
        </button>
      </div>
    </div>
  );
}

/** Who sends it then. This device, as long as nothing else is known. */
function Place({ mailId }: { readonly mailId: string }): JSX.Element {
  const { client } = useTools();
  const [name, setName] = useState<string | null>(null);
  useLayoutEffect(() => {
    const look = async (): Promise<void> => {
      const answer = await client.ask('outbox.schedule-place', { id: mailId });
      if (answer.ok) setName(answer.value.providerName);
    };
    void look();
  }, [mailId]);
  return <p class="soft small">{name === null ? ON_THIS_DEVICE : atProvider(name)}</p>;
}

const atProvider = (name: string): string =>
  `${name} sends it, also when this device is off. Until shortly before, you can take it back here.`;

function DateAndTime(props: {
  readonly fields: TimeFields;
  readonly found: ChosenTime;
  readonly onChange: (fields: TimeFields) => void;
}): JSX.Element {
  const { fields, found, onChange } = props;
  const zones = useMemo(knownZones, []);
  return (
    <div class="schedule-fields">
      <label class="field">
        <span class="small">Date</span>
        <input
          class="input"
          type="date"
          autocomplete="off"
          value={fields.date}
          onInput={({ currentTarget }) => onChange({ ...fields, date: currentTarget.value })}
        />
      </label>
      <label class="field">
        <span class="small">Time</span>
        <input
          class="input"
          type="time"
          autocomplete="off"
          value={fields.time}
          onInput={({ currentTarget }) => onChange({ ...fields, time: currentTarget.value })}
        />
      </label>
      <label class="field schedule-zone">
        <span class="small">Time zone</span>
        <select
          class="input"
          autocomplete="off"
          value={fields.zone}
          onChange={({ currentTarget }) => onChange({ ...fields, zone: currentTarget.value })}
        >
          {zones.map((zone) => (
            <option key={zone} value={zone}>
              {zone.replaceAll('_', ' ')}
            </option>
          ))}
        </select>
      </label>
      {found.twice && (
        <label class="field">
          <span class="small">Which of the two</span>
          <select
            class="input"
            autocomplete="off"
            value={fields.second ? '2' : '1'}
            onChange={({ currentTarget }) =>
              onChange({ ...fields, second: currentTarget.value === '2' })
            }
          >
            <option value="1">the first ({found.twice[0]})</option>
            <option value="2">the second ({found.twice[1]})</option>
          </select>
        </label>
      )}
    </div>
  );
}

/** The time that it has, as it was chosen; otherwise tomorrow morning. */
function firstFields(before: ChosenSchedule | null, now: number): TimeFields {
  const zone = before && knownZones().includes(before.zone) ? before.zone : ownZone();
  if (before === null || before.at <= now) {
    const wall = daysLater({ ...wallTimeAt(now, zone), hour: 8, minute: 0 }, 1);
    return { ...fieldsOf(wall), zone, second: false };
  }
  const wall = wallTimeAt(before.at, zone);
  const instants = instantsOf(wall, zone);
  const second = instants.kind === 'twice' && before.at >= instants.second;
  return { ...fieldsOf(wall), zone, second };
}
