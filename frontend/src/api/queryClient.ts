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
    },
    mutationCache: new MutationCache({
      onError: (error, _variables, _result, mutation) => {
        if (!mutation.meta?.handled && error instanceof ApiError) tell(error)
      },
    }),
  })
}
