// Owns how profiles are changed from the browser; each change refreshes whatever shows profiles, and endpoints, which follow.
import { type UseMutationResult, useMutation, useQueryClient } from "@tanstack/react-query";
import type {
  ChangedProfileDto,
  CreateProfileInput,
  ProfileDetailDto,
  ProfileTestDto,
  RestoreProfileVersionInput,
  TestProfileInput,
  UpdateProfileInput,
} from "@/lib/contracts/profiles";
import { apiFetch, dashboardUrl, type Place } from "../api";
import { auditQueries } from "./audit";
import { endpointQueries } from "./endpoints";
import { profileQueries, profileUrl } from "./profiles";

function useProfileMutation<Input, Answer>(
  place: Place,
  request: (input: Input) => Promise<Answer>,
): UseMutationResult<Answer, Error, Input> {
  const client = useQueryClient();
  return useMutation({
    mutationFn: request,
    onSuccess: () => {
      // Not waited for: a page that is left meanwhile must not keep the button working.
      for (const queryKey of [
        profileQueries.all(place),
        endpointQueries.all(place),
        auditQueries.all(place),
      ]) {
        void client.invalidateQueries({ queryKey });
      }
    },
  });
}

export function useCreateProfile(place: Place) {
  return useProfileMutation(place, (input: CreateProfileInput) =>
    apiFetch<ProfileDetailDto>(dashboardUrl(place, "/profiles"), { method: "POST", body: input }),
  );
}

export function useUpdateProfile(place: Place, ref: string) {
  return useProfileMutation(place, (input: UpdateProfileInput) =>
    apiFetch<ChangedProfileDto>(profileUrl(place, ref), { method: "PATCH", body: input }),
  );
}

/** Moves this environment's endpoints to the newest version. */
export function useApplyProfile(place: Place, ref: string) {
  return useProfileMutation(place, () =>
    apiFetch<ChangedProfileDto>(profileUrl(place, ref, "/apply"), { method: "POST" }),
  );
}

export function useArchiveProfile(place: Place, ref: string) {
  return useProfileMutation(place, (action: "archive" | "unarchive") =>
    apiFetch<ProfileDetailDto>(profileUrl(place, ref, `/${action}`), { method: "POST" }),
  );
}

export function useRestoreVersion(place: Place, ref: string) {
  return useProfileMutation(place, ({ number, ...input }: RestoreProfileVersionInput & { number: number }) =>
    apiFetch<ChangedProfileDto>(profileUrl(place, ref, `/versions/${number}/restore`), {
      method: "POST",
      body: input,
    }),
  );
}

/** Really sends what the profile makes of an event. */
export function useTestProfile(place: Place) {
  return useMutation({
    mutationFn: (input: TestProfileInput) =>
      apiFetch<ProfileTestDto>(dashboardUrl(place, "/profiles/test"), { method: "POST", body: input }),
  });
}
