// Owns the question whether this environment's endpoints follow to a new version.

import { Checkbox } from "@/components/ui/checkbox";
import { countOf } from "@/lib/client/count-of";
import { useViewer } from "@/lib/client/viewer-context";
import type { ProfileDto } from "@/lib/contracts/profiles";

interface ApplyChoiceProps {
  profile: Pick<ProfileDto, "endpoints" | "endpoints_elsewhere">;
  checked: boolean;
  onChange: (checked: boolean) => void;
}

export function ApplyChoice({ profile, checked, onChange }: ApplyChoiceProps) {
  const { environment, can, whyNot } = useViewer();
  const { endpoints, endpoints_elsewhere: elsewhere } = profile;
  const other = environment.kind === "live" ? "sandbox" : "live";
  return (
    <div className="grid grid-cols-1 gap-2">
      {endpoints === 0 ? (
        <p className="text-muted text-sm">
          No endpoint of the {environment.kind} environment uses this profile.
        </p>
      ) : (
        <Checkbox
          label={`Move ${countOf(endpoints, "endpoint", "endpoints")} of the ${environment.kind} environment to it`}
          description={
            can("endpoints:write")
              ? "Events that come in from then on have the new form; deliveries on their way keep theirs."
              : whyNot("endpoints:write")
          }
          checked={checked && can("endpoints:write")}
          disabled={!can("endpoints:write")}
          onCheckedChange={(isOn) => onChange(isOn === true)}
        />
      )}
      {elsewhere > 0 && (
        <p className="text-muted text-xs">
          {countOf(elsewhere, "endpoint", "endpoints")} of the {other} environment{" "}
          {elsewhere === 1 ? "stays" : "stay"} on the version {elsewhere === 1 ? "it has" : "they have"} until
          somebody moves {elsewhere === 1 ? "it" : "them"} there.
        </p>
      )}
    </div>
  );
}
