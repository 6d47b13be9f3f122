// Owns how endpoint authentication is read and changed from the browser. What is set is sent once and kept nowhere here.
import { queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type {
  ClientCertificateInput,
  EndpointAuthInput,
  EndpointCredentialsDto,
} from "@/lib/contracts/endpoint-auth";
import type { SourceAddressesDto } from "@/lib/contracts/source-addresses";
import { apiFetch, type Place } from "../api";
import { auditQueries } from "./audit";
import { endpointQueries, endpointUrl, goneEndpoints } from "./endpoints";

const SOURCES_FRESH_MS = 300_000;

export const endpointAuthQueries = {
  detail: (place: Place, id: string) =>
    queryOptions({
      queryKey: [...endpointQueries.all(place), "auth", id],
      queryFn: ({ signal }) => apiFetch<EndpointCredentialsDto>(endpointUrl(place, id, "/auth"), { signal }),
      enabled: () => !goneEndpoints.has(id),
    }),
};

/** A change of an endpoint's authentication; its variables hold secrets, so nothing keeps them afterwards. */
function useAuthMutation<Input>(place: Place, id: string, request: (input: Input) => Promise<unknown>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: request,
    gcTime: 0,
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: endpointAuthQueries.detail(place, id).queryKey }),
        client.invalidateQueries({ queryKey: auditQueries.all(place) }),
      ]),
  });
}

export function useSetAuth(place: Place, id: string) {
  return useAuthMutation(place, id, (body: EndpointAuthInput) =>
    apiFetch<EndpointCredentialsDto>(endpointUrl(place, id, "/auth"), { method: "PUT", body }),
  );
}

export function useRemoveAuth(place: Place, id: string) {
  return useAuthMutation(place, id, () =>
    apiFetch<undefined>(endpointUrl(place, id, "/auth"), { method: "DELETE" }),
  );
}

export function useSetClientCertificate(place: Place, id: string) {
  return useAuthMutation(place, id, (body: ClientCertificateInput) =>
    apiFetch<EndpointCredentialsDto>(endpointUrl(place, id, "/client-certificate"), { method: "PUT", body }),
  );
}

export function useRemoveClientCertificate(place: Place, id: string) {
  return useAuthMutation(place, id, () =>
    apiFetch<undefined>(endpointUrl(place, id, "/client-certificate"), { method: "DELETE" }),
  );
}

/** The addresses from which receivers are called; the same for everyone. */
export function useSourceAddresses() {
  return useQuery({
    queryKey: ["source-addresses"],
    queryFn: async ({ signal }) =>
      (await apiFetch<SourceAddressesDto>("/api/v1/source-addresses", { signal })).data,
    staleTime: SOURCES_FRESH_MS,
  });
}
