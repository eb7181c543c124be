import { queryOptions, useSuspenseQuery } from '@tanstack/react-query'
import { getMeOptions } from './gen/@tanstack/react-query.gen'
import type { Me } from './gen/types.gen'

export const meOptions = () => queryOptions({ ...getMeOptions(), staleTime: 5 * 60_000 })

export function useMe(): Me {
  return useSuspenseQuery(meOptions()).data
}
