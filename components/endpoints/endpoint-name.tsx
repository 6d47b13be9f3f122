// Owns how an endpoint is called: its description if somebody wrote one, always with its address.

import { cn } from "@/components/ui/cn";
import { visibleText } from "@/lib/client/visible-text";

interface EndpointNameProps {
  endpoint: { url: string; description: string };
  className?: string;
}

/** Two lines, or one when there is no description. Long addresses end in dots; the whole one is the title. */
export function EndpointName({ endpoint, className }: EndpointNameProps) {
  const url = visibleText(endpoint.url);
  return (
    <span className={cn("grid min-w-0", className)}>
      {endpoint.description !== "" && (
        <span className="truncate font-medium text-ink text-sm">{visibleText(endpoint.description)}</span>
      )}
      <span
        className={cn(
          "truncate font-mono text-xs leading-5",
          endpoint.description === "" ? "text-ink" : "text-subtle",
        )}
        title={url}
      >
        {url}
      </span>
    </span>
  );
}
