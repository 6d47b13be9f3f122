// Gallery: states, messages, nothing and failure.

import { Send } from "lucide-react";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Card } from "@/components/ui/card";
import { NoMatches, NothingYet } from "@/components/ui/empty-state";
import { EnvironmentBand } from "@/components/ui/environment-band";
import { ErrorState } from "@/components/ui/error-state";
import { Progress } from "@/components/ui/progress";
import { Skeleton } from "@/components/ui/skeleton";
import { Spinner } from "@/components/ui/spinner";
import { StateDot, StatusPill } from "@/components/ui/status-pill";
import { Section, Specimen } from "./section";

export function FeedbackSection() {
  return (
    <Section title="Feedback">
      <EnvironmentBand name="Sandbox" action={<a href="/_design">Switch to live</a>}>
        Nothing here reaches production endpoints.
      </EnvironmentBand>
      <div className="grid gap-6 md:grid-cols-2">
        <Specimen label="Status pill, plain, with reason">
          <StatusPill tone="progress" live>
            Pending
          </StatusPill>
          <StatusPill tone="success" variant="plain">
            Succeeded
          </StatusPill>
          <StatusPill tone="danger" variant="plain">
            Failed
          </StatusPill>
          <StatusPill tone="danger" reason="The receiver answered 410 Gone on 18 November">
            Disabled
          </StatusPill>
          <StateDot tone="paused" label="Held" />
        </Specimen>
        <Specimen label="Badge">
          <Badge>12</Badge>
          <Badge mono>order.paid</Badge>
          <Badge outline>Owner</Badge>
          <Badge tone="danger" mono>
            503
          </Badge>
          <Badge tone="success" mono>
            200
          </Badge>
          <Badge tone="accent">New</Badge>
        </Specimen>
        <div className="grid gap-3">
          <Callout title="Live updates stopped">Reconnecting. The list may be up to a minute old.</Callout>
          <Callout
            tone="warning"
            title="Failing for 3 of 5 days"
            actions={<Button size="sm">See failures</Button>}
          >
            Without one success until 22 November this endpoint will be disabled.
          </Callout>
        </div>
        <div className="grid content-start gap-3">
          <Callout tone="danger">billing.acme.example does not resolve.</Callout>
          <Callout tone="success">The receiver verified the signature and answered 200 in 84 ms.</Callout>
          <Progress label="Replay" value={62} />
          <Progress label="Waiting" value={null} tone="progress" />
          <Specimen label="Waiting">
            <Spinner />
            <Skeleton className="w-40" />
          </Specimen>
        </div>
      </div>
      <div className="grid gap-4 md:grid-cols-3">
        <Card>
          <NothingYet
            icon={<Send />}
            title="No deliveries yet"
            action={
              <Button variant="primary" size="sm">
                Send a test event
              </Button>
            }
          >
            Each event that an endpoint subscribes to makes one delivery here, within a second.
          </NothingYet>
        </Card>
        <Card className="grid content-center">
          <NoMatches what="deliveries" action={<Button size="sm">Clear filters</Button>}>
            Two filters are set.
          </NoMatches>
        </Card>
        <Card>
          <ErrorState
            title="Deliveries could not be loaded"
            requestId="req_8f2k1c"
            action={<Button size="sm">Try again</Button>}
          >
            The database did not answer in time. Delivery goes on.
          </ErrorState>
        </Card>
      </div>
    </Section>
  );
}
