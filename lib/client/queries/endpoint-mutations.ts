// Owns how endpoints are changed from the browser; each change refreshes whatever shows endpoints.
// Answers with a secret go to the caller only: nothing puts them into the query cache.
import { type UseMutationResult, useMutation, useQueryClient } from "@tanstack/react-query";
import type {
  CreateEndpointInput,
  EnabledEndpointDto,
  EnableEndpointInput,
  EndpointDto,
  EndpointWithSecretDto,
  SendTestInput,
  TestSentDto,
  UpdatedEndpointDto,
  UpdateEndpointInput,
} from "@/lib/contracts/endpoints";
import { apiFetch, dashboardUrl, type Place } from "../api";
import { auditQueries } from "./audit";
import { endpointQueries, endpointUrl, goneEndpoints } from "./endpoints";

/** A mutation whose variables name the endpoint, so that one hook serves a whole list. */
function useEndpointMutation<Input, Answer>(
  place: Place,
  request: (input: Input) => Promise<Answer>,
  hooks: { onMutate?: (input: Input) => Promise<void>; onError?: (error: Error, input: Input) => void } = {},
): UseMutationResult<Answer, Error, Input> {
  const client = useQueryClient();
  return useMutation({
    ...hooks,
    mutationFn: request,
    // A secret must not stay in the mutation cache after the component that reveals it is gone.
    gcTime: 0,
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: endpointQueries.all(place) }),
        client.invalidateQueries({ queryKey: auditQueries.all(place) }),
      ]),
  });
}

type Of<Input> = { id: string; input: Input };

export function useCreateEndpoint(place: Place) {
  return useEndpointMutation(place, (input: CreateEndpointInput) =>
    apiFetch<EndpointWithSecretDto>(dashboardUrl(place, "/endpoints"), { method: "POST", body: input }),
  );
}

export function useUpdateEndpoint(place: Place) {
  return useEndpointMutation(place, ({ id, input }: Of<UpdateEndpointInput>) =>
    apiFetch<UpdatedEndpointDto>(endpointUrl(place, id), { method: "PATCH", body: input }),
  );
}

export function usePauseEndpoint(place: Place) {
  return useEndpointMutation(place, (id: string) =>
    apiFetch<EndpointDto>(endpointUrl(place, id, "/pause"), { method: "POST" }),
  );
}

export function useDisableEndpoint(place: Place) {
  return useEndpointMutation(place, (id: string) =>
    apiFetch<EndpointDto>(endpointUrl(place, id, "/disable"), { method: "POST" }),
  );
}

export function useEnableEndpoint(place: Place) {
  return useEndpointMutation(place, ({ id, input }: Of<EnableEndpointInput>) =>
    apiFetch<EnabledEndpointDto>(endpointUrl(place, id, "/enable"), { method: "POST", body: input }),
  );
}

export function useDeleteEndpoint(place: Place) {
  const client = useQueryClient();
  return useEndpointMutation(
    place,
    (id: string) => apiFetch<undefined>(endpointUrl(place, id), { method: "DELETE" }),
    {
      // Before the call, because the live stream may tell of the end sooner than the answer does.
      onMutate: async (id) => {
        goneEndpoints.add(id);
        await Promise.all(
          [endpointQueries.detail(place, id), endpointQueries.stats(place, id)].map(({ queryKey }) =>
            client.cancelQueries({ queryKey }),
          ),
        );
      },
      onError: (_error, id) => void goneEndpoints.delete(id),
    },
  );
}

export function useRotateSecret(place: Place) {
  return useEndpointMutation(place, ({ id, input }: Of<{ overlap_seconds: number }>) =>
    apiFetch<EndpointWithSecretDto>(endpointUrl(place, id, "/rotate-secret"), {
      method: "POST",
      body: input,
    }),
  );
}

export function useRetireSecret(place: Place) {
  return useEndpointMutation(place, ({ id, secretId }: { id: string; secretId: string }) =>
    apiFetch<EndpointDto>(endpointUrl(place, id, `/secrets/${encodeURIComponent(secretId)}`), {
      method: "DELETE",
    }),
  );
}

export function useSendTest(place: Place) {
  return useMutation({
    mutationFn: ({ id, input }: Of<SendTestInput>) =>
      apiFetch<TestSentDto>(endpointUrl(place, id, "/test"), { method: "POST", body: input }),
  });
}
