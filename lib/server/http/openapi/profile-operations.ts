// Owns the description of the operations on profiles.
import { z } from "zod";
import {
  createProfileInput,
  listProfilesQuery,
  MAX_PROFILE_BODY_BYTES,
  MAX_PROFILES_PER_WORKSPACE,
  MAX_VERSIONS_PER_PROFILE,
  previewProfileInput,
  restoreProfileVersionInput,
  testProfileInput,
  updateProfileInput,
} from "@/lib/contracts/profiles";
import { pageOf } from "./answers";
import { BODY_ERRORS, type Operation } from "./operation";
import { profileParam, versionParam } from "./parameters";
import {
  changedProfileAnswer,
  profileAnswer,
  profileDetailAnswer,
  profilePreviewAnswer,
  profileTestAnswer,
  profileVersionAnswer,
} from "./profile-answers";
import { profileExamples as examples } from "./profile-examples";

const params = { profile: profileParam };
const versionParams = { ...params, version: versionParam };
const read = { tag: "Profiles", scope: "profiles:read" } as const;
const write = { tag: "Profiles", scope: "profiles:write" } as const;
const noBody = { name: "Empty", schema: z.strictObject({}), example: {}, optional: true };

const oneProfile = (status: 200 | 201, description: string) => ({
  status,
  description,
  name: "ProfileDetail",
  schema: profileDetailAnswer,
  example: examples.detail,
});

const changedProfile = (description: string) => ({
  status: 200 as const,
  description,
  name: "ChangedProfile",
  schema: changedProfileAnswer,
  example: examples.changed,
});

export const profileOperations: readonly Operation[] = [
  {
    method: "get",
    path: "/api/v1/profiles",
    id: "listProfiles",
    ...read,
    summary: "List profiles",
    description:
      "How requests look and are signed. The built-in ones come first, then the workspace's own by name; both environments share them.",
    query: listProfilesQuery,
    answer: {
      status: 200,
      description: "One page",
      name: "ProfilePage",
      schema: pageOf(profileAnswer),
      example: examples.profiles,
    },
    errors: ["invalid_request"],
  },
  {
    method: "post",
    path: "/api/v1/profiles",
    id: "createProfile",
    ...write,
    summary: "Create a profile",
    description:
      "From scratch with `definition`, or as a clone with `based_on`; both together are a changed clone.",
    body: {
      name: "CreateProfile",
      schema: createProfileInput,
      example: examples.createProfile,
      maxBytes: MAX_PROFILE_BODY_BYTES,
    },
    answer: oneProfile(201, "The profile with its first version"),
    errors: [...BODY_ERRORS, "conflict"],
    because: {
      conflict: `the slug is taken, or the workspace has ${MAX_PROFILES_PER_WORKSPACE} profiles`,
    },
  },
  {
    method: "get",
    path: "/api/v1/profiles/{profile}",
    id: "getProfile",
    ...read,
    summary: "Get a profile with its versions",
    description: "Built-in profiles too, by their slug.",
    params,
    answer: oneProfile(200, "The newest definition, all versions, and events to try it with"),
    errors: ["invalid_request", "not_found"],
    because: { invalid_request: "a query parameter was given" },
  },
  {
    method: "patch",
    path: "/api/v1/profiles/{profile}",
    id: "updateProfile",
    ...write,
    summary: "Change a profile",
    description:
      "A definition that differs becomes the next version. Deliveries keep the version that they were made with; this environment's endpoints are moved to the new one unless `apply_to_endpoints` is false, all of them or none. Settings that were set for an endpoint alone stay.",
    sometimesScopes: { "endpoints:write": "when endpoints are moved" },
    params,
    body: {
      name: "UpdateProfile",
      schema: updateProfileInput,
      example: examples.updateProfile,
      maxBytes: MAX_PROFILE_BODY_BYTES,
    },
    answer: changedProfile("The profile as it is now"),
    errors: [...BODY_ERRORS, "not_found", "conflict"],
    because: {
      conflict: `it is built in or archived, somebody has saved a version since \`base_version\`, an endpoint needs a new secret, or there are ${MAX_VERSIONS_PER_PROFILE} versions`,
    },
  },
  {
    method: "get",
    path: "/api/v1/profiles/{profile}/versions/{version}",
    id: "getProfileVersion",
    ...read,
    summary: "Get one version of a profile",
    description: "Versions are kept for good, because deliveries point at them.",
    params: versionParams,
    answer: {
      status: 200,
      description: "The version with its definition",
      name: "ProfileVersion",
      schema: profileVersionAnswer,
      example: examples.version,
    },
    errors: ["invalid_request", "not_found"],
    because: { invalid_request: "a query parameter was given" },
  },
  {
    method: "post",
    path: "/api/v1/profiles/{profile}/versions/{version}/restore",
    id: "restoreProfileVersion",
    ...write,
    summary: "Restore an older version",
    description: "Saves what it says as the next version; nothing is taken away.",
    sometimesScopes: { "endpoints:write": "when endpoints are moved" },
    params: versionParams,
    body: {
      name: "RestoreProfileVersion",
      schema: restoreProfileVersionInput,
      example: examples.restore,
      optional: true,
    },
    answer: changedProfile("The profile as it is now"),
    errors: [...BODY_ERRORS, "not_found", "conflict"],
    because: {
      conflict:
        "it is built in or archived, the newest version says the same, or an endpoint needs a new secret",
    },
  },
  {
    method: "post",
    path: "/api/v1/profiles/{profile}/apply",
    id: "applyProfile",
    tag: "Profiles",
    scope: "endpoints:write",
    summary: "Move endpoints to the newest version",
    description:
      "Every endpoint of this environment that sends an older version, or none: a `conflict` names each that would need a new secret.",
    params,
    body: noBody,
    answer: changedProfile("The profile, and how many endpoints were moved"),
    errors: [...BODY_ERRORS, "not_found", "conflict"],
    because: {
      conflict: "an endpoint would need a new secret, or sends a header that the version sends as well",
    },
  },
  {
    method: "post",
    path: "/api/v1/profiles/{profile}/archive",
    id: "archiveProfile",
    ...write,
    summary: "Archive a profile",
    description: "No endpoint can take it any more. Refused while endpoints use it, in any environment.",
    params,
    body: noBody,
    answer: oneProfile(200, "The archived profile"),
    errors: [...BODY_ERRORS, "not_found", "conflict"],
    because: { conflict: "it is built in, endpoints use it, or new endpoints get it by default" },
  },
  {
    method: "post",
    path: "/api/v1/profiles/{profile}/unarchive",
    id: "unarchiveProfile",
    ...write,
    summary: "Take a profile back into use",
    description: "Endpoints can take it again.",
    params,
    body: noBody,
    answer: oneProfile(200, "The profile"),
    errors: [...BODY_ERRORS, "not_found", "conflict"],
    because: { conflict: "it is built in" },
  },
  {
    method: "post",
    path: "/api/v1/profiles/preview",
    id: "previewProfile",
    ...read,
    summary: "Preview a request",
    description:
      "The exact request that a saved profile or a draft makes of an event: method, headers, signature, body. Nothing is sent. The secret is made for previews, so the answer is also a test vector for a verifier.",
    sometimesScopes: { "events:read": "with `event_id`" },
    body: {
      name: "PreviewProfile",
      schema: previewProfileInput,
      example: examples.preview,
      maxBytes: MAX_PROFILE_BODY_BYTES,
    },
    answer: {
      status: 200,
      description: "The request",
      name: "ProfilePreview",
      schema: profilePreviewAnswer,
      example: examples.previewed,
    },
    errors: [...BODY_ERRORS, "not_found", "conflict"],
    because: {
      not_found: "there is no such profile, version or event",
      conflict: "retention has cleared the payload of the event",
    },
  },
  {
    method: "post",
    path: "/api/v1/profiles/test",
    id: "testProfile",
    ...write,
    summary: "Send a request as a test",
    description:
      "Really sends it. To an endpoint: a test delivery pinned to that version or draft, signed with the endpoint's secrets. To the Inbox, without `endpoint_id`: signed with the secret of previews, and answered at once.",
    sometimesScopes: { "endpoints:write": "with `endpoint_id`", "events:read": "with `event_id`" },
    body: {
      name: "TestProfile",
      schema: testProfileInput,
      example: examples.test,
      maxBytes: MAX_PROFILE_BODY_BYTES,
    },
    answer: {
      status: 200,
      description: "The delivery to watch, or what the Inbox answered",
      name: "ProfileTest",
      schema: profileTestAnswer,
      example: examples.tested,
    },
    errors: [...BODY_ERRORS, "not_found", "conflict"],
    because: {
      not_found: "there is no such profile, version, event or endpoint",
      conflict: "the endpoint's secret is of another kind, or retention has cleared the payload of the event",
    },
  },
];
