"use client";
// Owns the mails that were written: what became of each, and reading one.

import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Mail } from "lucide-react";
import { parseAsString, useQueryState } from "nuqs";
import { Fragment, useMemo } from "react";
import { toast } from "sonner";
import type { DataTableColumn } from "@/components/data-table/columns";
import { DataTable } from "@/components/data-table/data-table";
import { LoadMore } from "@/components/data-table/load-more";
import { LoadFailure } from "@/components/list/load-failure";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Card } from "@/components/ui/card";
import { NothingYet } from "@/components/ui/empty-state";
import { KeyValueList } from "@/components/ui/key-value-list";
import { Sheet, SheetContent } from "@/components/ui/sheet";
import { Skeleton } from "@/components/ui/skeleton";
import { StatusPill } from "@/components/ui/status-pill";
import { Timestamp } from "@/components/ui/timestamp";
import { errorText } from "@/lib/client/problem-error";
import { alertQueries, useSendMailAgain } from "@/lib/client/queries/alerts";
import { useViewer } from "@/lib/client/viewer-context";
import { visibleText } from "@/lib/client/visible-text";
import type { MailDetailDto, MailDto } from "@/lib/contracts/alerts";
import { MESSAGE_STATE } from "./alert-words";

const StatePill = ({ mail }: { mail: MailDto }) => (
  <StatusPill tone={MESSAGE_STATE[mail.state].tone} variant="plain">
    {MESSAGE_STATE[mail.state].label}
  </StatusPill>
);

const COLUMNS: DataTableColumn<MailDto>[] = [
  {
    id: "subject",
    header: "Subject",
    card: "title",
    skeleton: "w-72",
    cell: (mail) => (
      <span className="block truncate font-medium text-ink @max-2xl/data-table:text-pretty @max-2xl/data-table:whitespace-normal">
        {visibleText(mail.subject)}
      </span>
    ),
  },
  {
    id: "to",
    header: "To",
    className: "w-56",
    card: "body",
    skeleton: "w-32",
    cell: (mail) => <span className="block truncate text-muted">{visibleText(mail.to)}</span>,
  },
  {
    id: "state",
    header: "State",
    className: "w-32",
    card: "meta",
    skeleton: "w-16",
    cell: (mail) => <StatePill mail={mail} />,
  },
  {
    id: "time",
    header: "Written",
    className: "w-28",
    align: "end",
    card: "line",
    skeleton: "w-16",
    cell: (mail) => <Timestamp value={mail.created_at} focusable={false} />,
  },
];

/** The text part; links to this instance can be followed, nothing else becomes one. */
function MailText({ text }: { text: string }) {
  const origin = typeof window === "undefined" ? "" : window.location.origin;
  return (
    <pre className="whitespace-pre-wrap rounded-md bg-sunken p-3 font-mono text-xs wrap-anywhere">
      {text.split("\n").map((line, index) => {
        const key = `${index} ${line}`;
        const at = origin === "" ? -1 : line.indexOf(`${origin}/`);
        return (
          <Fragment key={key}>
            {at < 0 ? (
              visibleText(line)
            ) : (
              <>
                {visibleText(line.slice(0, at))}
                <a className="text-accent-ink underline" href={line.slice(at)}>
                  {line.slice(at)}
                </a>
              </>
            )}
            {"\n"}
          </Fragment>
        );
      })}
    </pre>
  );
}

function MailDetail({ mail, hasMailServer }: { mail: MailDetailDto; hasMailServer: boolean }) {
  const { place, can } = useViewer();
  const again = useSendMailAgain(place);
  const maySend = hasMailServer && can("alerts:write") && (mail.state === "kept" || mail.state === "failed");
  return (
    <div className="grid grid-cols-1 gap-4 p-4">
      <KeyValueList
        items={[
          { key: "To", value: visibleText(mail.to) },
          { key: "State", value: <StatePill mail={mail} /> },
          { key: "Written", value: <Timestamp value={mail.created_at} mode="local" /> },
          { key: "Attempts", value: String(mail.attempts) },
        ]}
      />
      {mail.error !== null && (
        <Callout tone={mail.state === "failed" ? "danger" : "warning"} title="The mail server said">
          {visibleText(mail.error)}
        </Callout>
      )}
      {again.error && <Callout tone="danger">{errorText(again.error)}</Callout>}
      <MailText text={mail.text} />
      {maySend && (
        <Button
          className="justify-self-start"
          loading={again.isPending}
          onClick={() => again.mutate(mail.id, { onSuccess: () => toast("It goes out within a minute.") })}
        >
          Send this e-mail
        </Button>
      )}
    </div>
  );
}

export function MailView({ hasMailServer }: { hasMailServer: boolean }) {
  const { place } = useViewer();
  const [selected, setSelected] = useQueryState("selected", parseAsString);
  const mails = useInfiniteQuery(alertQueries.mails(place));
  const mail = useQuery(alertQueries.mail(place, selected ?? ""));
  const rows = useMemo(() => mails.data?.pages.flatMap((page) => page.data), [mails.data]);
  return (
    <Card className="overflow-hidden">
      {mails.isError && rows === undefined ? (
        <LoadFailure
          title="The e-mails could not be loaded"
          error={mails.error}
          onRetry={() => void mails.refetch()}
        />
      ) : (
        <DataTable
          label="E-mails"
          columns={COLUMNS}
          rows={rows}
          getRowId={(row) => row.id}
          onSelect={(row) => void setSelected(row.id)}
          getRowHref={(row) => `?selected=${row.id}`}
          selectedId={selected ?? undefined}
          skeletonRows={5}
          empty={
            <NothingYet title="No e-mails yet" icon={<Mail />}>
              Every e-mail about this workspace is kept here for 90 days, whether it was sent or not.
            </NothingYet>
          }
        />
      )}
      <LoadMore query={mails} label="Show older e-mails" />
      <Sheet open={selected !== null} onOpenChange={(open) => !open && void setSelected(null)}>
        <SheetContent title={visibleText(mail.data?.subject ?? "E-mail")}>
          {mail.data ? (
            <MailDetail mail={mail.data} hasMailServer={hasMailServer} />
          ) : mail.isError ? (
            <LoadFailure
              title="The e-mail could not be loaded"
              error={mail.error}
              onRetry={() => void mail.refetch()}
            />
          ) : (
            <Skeleton className="m-4 h-64" />
          )}
        </SheetContent>
      </Sheet>
    </Card>
  );
}
