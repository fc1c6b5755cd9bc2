import type { JSX } from 'preact';
import type { AnswerOf } from '../../utils/messaging/messaging.ts';
import { useTools } from '../live/tools.ts';
import { ActButton } from '../parts/ActButton.tsx';
import { sizeText, timeText } from '../texts/times-and-sizes.ts';

type Overview = AnswerOf<'privacy.overview'>;

interface HostTotal {
  readonly host: string;
  readonly calls: number;
  readonly unanswered: number;
  readonly sentBytes: number;
  readonly receivedBytes: number;
  readonly lastAt: number | null;
}

/** Every host that can be called at all, with the sums of the calls that the log holds. */
export function HostTable(props: {
  readonly overview: Overview;
  readonly onChanged: () => Promise<void>;
}): JSX.Element {
  const { overview, onChanged } = props;
  const { clock, hostPermissions } = useTools();
  const takeBack = async (host: string): Promise<string | null> => {
    const done = await hostPermissions.remove([host]);
    await onChanged();
    return done ? null : 'The browser kept it. You can remove it in the browser’s own settings.';
  };
  return (
    <section class="part" aria-labelledby="hosts">
      <h2 id="hosts">Which hosts can be called</h2>
      <p class="soft">
        Only these, and only by the background. Pages make no network request at all.
      </p>
      <table class="table">
        <thead>
          <tr>
            <th scope="col">Host</th>
            <th scope="col" class="number">
              Calls
            </th>
            <th scope="col" class="number">
              Sent
            </th>
            <th scope="col" class="number">
              Received
            </th>
            <th scope="col">Last call</th>
          </tr>
        </thead>
        <tbody>
          {hostTotals(overview).map((total) => (
            <tr key={total.host}>
              <th scope="row">
                {total.host}
                {isAllowed(overview, total.host) && (
                  <span class="row allowed small">
                    <span class="soft">Allowed by you</span>
                    <ActButton
                      size="small"
                      busyText="Taking it back…"
                      label={`Take back ${total.host}`}
                      onAct={() => takeBack(total.host)}
                    >
                      Take back
                    </ActButton>
                  </span>
                )}
              </th>
              <td data-name="Calls" class="number">
                {total.calls}
                {total.unanswered > 0 && (
                  <span class="soft small where">{total.unanswered} unanswered</span>
                )}
              </td>
              <td data-name="Sent" class="number">
                {sizeText(total.sentBytes)}
              </td>
              <td data-name="Received" class="number">
                {sizeText(total.receivedBytes)}
              </td>
              <td data-name="Last call">
                {total.lastAt === null ? 'None in the log' : timeText(total.lastAt, clock.now())}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** One line for every host on the list, called or not, and for any other that stands in the log. */
export function hostTotals({ hosts, calls }: Overview): readonly HostTotal[] {
  const all = [...new Set([...hosts, ...calls.map((call) => call.host)])];
  return all.map((host) => {
    const own = calls.filter((call) => call.host === host);
    return {
      host,
      calls: own.length,
      unanswered: own.filter((call) => call.result !== 'answered').length,
      sentBytes: own.reduce((sum, call) => sum + call.requestBytes, 0),
      receivedBytes: own.reduce((sum, call) => sum + call.answerBytes, 0),
      lastAt: own.length === 0 ? null : Math.max(...own.map((call) => call.at)),
    };
  });
}

function isAllowed({ allowedHosts }: Overview, host: string): boolean {
  return allowedHosts.some((pattern) => pattern === host || pattern.includes(`//${host}/`));
}
