// Owns HTTP headers on screen: order, case and repetitions as they were on the wire. Where it is narrow, a value stands
// below its name.

import { HeaderValue, OutsideText } from "./outside-text";

interface HeaderListProps {
  headers: readonly (readonly [string, string])[];
  /** Name for screen readers: "Request headers". */
  label: string;
}

export function HeaderList({ headers, label }: HeaderListProps) {
  if (headers.length === 0) return <p className="text-subtle text-sm">No headers.</p>;
  return (
    <div className="scrollbar-thin overflow-x-auto rounded-md border border-line bg-sunken py-1 @container/headers">
      <table
        className="w-full border-separate border-spacing-0 font-mono text-xs leading-5 @max-md/headers:block"
        aria-label={label}
      >
        <tbody className="@max-md/headers:block">
          {withKeys(headers).map(({ key, name, value }) => (
            <tr key={key} className="align-top @max-md/headers:block @max-md/headers:py-1">
              <th
                scope="row"
                className="w-px whitespace-nowrap py-0.5 pr-4 pl-3 text-left font-normal text-subtle @max-md/headers:block @max-md/headers:w-auto @max-md/headers:whitespace-normal @max-md/headers:py-0"
              >
                <OutsideText text={name} />
              </th>
              <td className="min-w-48 py-0.5 pr-3 text-ink wrap-anywhere @max-md/headers:block @max-md/headers:py-0 @max-md/headers:pl-3">
                <HeaderValue value={value} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Names repeat (Set-Cookie): the how-manieth of its name makes a key that stays. */
function withKeys(headers: readonly (readonly [string, string])[]) {
  const seen = new Map<string, number>();
  return headers.map(([name, value]) => {
    const count = seen.get(name) ?? 0;
    seen.set(name, count + 1);
    return { key: `${name} ${count}`, name, value };
  });
}
