import type { JSX } from 'preact';
import type { InventoryLine } from '../../utils/messaging/messaging.ts';
import { useTools } from '../live/tools.ts';
import { protectionText } from '../texts/right-texts.ts';
import { dayText, sizeText } from '../texts/times-and-sizes.ts';

/** Everything that is stored on this device, as it is now. */
export function InventoryTable(props: { readonly lines: readonly InventoryLine[] }): JSX.Element {
  const { clock } = useTools();
  return (
    <section class="part" aria-labelledby="inventory">
      <h2 id="inventory">What is stored on this device</h2>
      {props.lines.length === 0 ? (
        <p class="soft">Nothing is stored.</p>
      ) : (
        <table class="table">
          <thead>
            <tr>
              <th scope="col">What</th>
              <th scope="col">Protection</th>
              <th scope="col" class="number">
                Count
              </th>
              <th scope="col" class="number">
                Size
              </th>
              <th scope="col">Kept</th>
            </tr>
          </thead>
          <tbody>
            {props.lines.map((line) => (
              <tr key={`${line.where} ${line.what}`}>
                <th scope="row">
                  {line.what}
                  <span class="soft small where">{line.where}</span>
                </th>
                <td data-name="Protection">{protectionText(line.protection)}</td>
                <td data-name="Count" class="number">
                  {line.count.toLocaleString('en')}
                </td>
                <td data-name="Size" class="number">
                  {line.sizeBytes === 0 ? '–' : sizeText(line.sizeBytes)}
                </td>
                <td data-name="Kept">
                  {line.oldestAt !== null && `since ${sinceText(line.oldestAt, clock.now())}, `}
                  {line.until}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

function sinceText(at: number, now: number): string {
  return dayText(at, now).replace(/^on /, '');
}
