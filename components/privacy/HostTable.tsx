import type { JSX } from 'preact';
import type { AnswerOf } from '../../utils/messaging/messaging.ts';
import { useTools } from '../live/tools.ts';
import { ActButton } from '../parts/ActButton.tsx';
import { hostName } from '../texts/call-texts.ts';
import { sizeText, timeText } from '../texts/times-and-sizes.ts';

type Overview = AnswerOf<'privacy.overview'>;

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
          {overview.hosts.map((total) => (
            <tr key={total.host}>
              <th scope="row">
                {hostName(total.host)}
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
                {sizeText(total.requestBytes)}
              </td>
              <td data-name="Received" class="number">
                {sizeText(total.answerBytes)}
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

function isAllowed({ allowedHosts }: Overview, host: string): boolean {
  return allowedHosts.some((pattern) => pattern === host || pattern.includes(`//${host}/`));
}
