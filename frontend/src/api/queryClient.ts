import { MutationCache, QueryClient } from '@tanstack/react-query'
import { ApiError } from './problem'

declare module '@tanstack/react-query' {
  interface Register {
    /** `handled`: the screen shows the problem itself, no toast is needed. */
    mutationMeta: { handled?: boolean }
  }
}

/** `tell` speaks of the problems that no screen shows. */
export function createQueryClient(tell: (problem: ApiError) => void): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 30_000,
        retry: (failures, error) => failures < 2 && error instanceof ApiError && error.isOutage,
      },
      // "Not now, but soon": nothing was stored, and the API says when to come again.
      mutations: {
        retry: (failures, error) => failures < 3 && error instanceof ApiError && error.isBusy,
        retryDelay: (_, error) => ((error as ApiError).retryAfter ?? 1) * 1000,
      },
    },
    mutationCache: new MutationCache({
      onError: (error, _variables, _result, mutation) => {
        if (!mutation.meta?.handled && error instanceof ApiError) tell(error)
      },
    }),
  })
}
