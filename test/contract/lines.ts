/** The lines of the requests that make up a listing. */
export const lines = {
  anything: /^GET /,
  groups: /\/v1\.0\/myorg\/groups\?/,
  members: /\/v1\.0\/myorg\/groups\/[^/]+\/users\?/,
  adminGroups: /\/v1\.0\/myorg\/admin\/groups\?/,
  adminMembers: /\/v1\.0\/myorg\/admin\/groups\/[^/]+\/users$/,
  identityGroups: /\/api\/Group\/[^/]+$/,
  identityGroup: /\/api\/Group\/[^/]+\/[^/]+$/,
  references: /\/api\/Group\/[^/]+\/[^/]+\/Members\?/,
  directoryGroups: /\/v1\.0\/groups\?/,
  directoryMembers: /\/v1\.0\/groups\/[^/]+\/members\?/,
  expandedMembers: /\/v1\.0\/groups\/[^/?]+\?.*\$expand=members/,
  batch: /^POST .*\/v1\.0\/\$batch$/,
  apps: /\/v1\.0\/groups\/[^/]+\/members\/microsoft\.graph\.servicePrincipal\?/,
  directory: /\/api\/User\/users\/[^/]+\?/,
} as const;
