import type { CreateClientConfig } from './gen/client.gen'
import { authorizedFetch } from './session'

/** The page and the API share one origin; every call goes out through `authorizedFetch`. */
export const createClientConfig: CreateClientConfig = (config) => ({
  ...config,
  baseUrl: globalThis.location?.origin ?? '',
  credentials: 'same-origin',
  fetch: authorizedFetch,
  throwOnError: true,
})
