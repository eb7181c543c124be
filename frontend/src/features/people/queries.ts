import { queryOptions } from '@tanstack/react-query'
import {
  getOrgChartOptions,
  getPersonOptions,
  listDepartmentsQueryKey,
  listPeopleInfiniteOptions,
  listReportingLinesOptions,
  listReportsInfiniteOptions,
  listRoleAssignmentsInfiniteOptions,
  listTeamsQueryKey,
} from '@/api/gen/@tanstack/react-query.gen'
import { listDepartments, listTeams } from '@/api/gen/sdk.gen'
import type { ListPeopleData } from '@/api/gen/types.gen'
import { cursorFeed, everyItem } from '@/api/paging'

export type PeopleQuery = NonNullable<ListPeopleData['query']>

export const peopleFeed = (query: PeopleQuery) =>
  cursorFeed(listPeopleInfiniteOptions({ query: { limit: 50, ...query } }))

/** `asOf`: as it was on that day. */
export const personOptions = (personId: string, asOf?: string) =>
  getPersonOptions({ path: { person_id: personId }, ...(asOf && { query: { as_of: asOf } }) })

export const reportsFeed = (personId: string, asOf?: string) =>
  cursorFeed(
    listReportsInfiniteOptions({
      path: { person_id: personId },
      query: { direct: true, limit: 50, ...(asOf && { as_of: asOf }) },
    }),
  )

export const reportingLinesOptions = (personId: string) =>
  listReportingLinesOptions({ path: { person_id: personId }, query: { limit: 50 } })

export const orgChartOptions = (asOf: string | undefined) =>
  getOrgChartOptions({ query: { as_of: asOf } })

export const roleAssignmentsFeed = () =>
  cursorFeed(listRoleAssignmentsInfiniteOptions({ query: { limit: 100 } }))

/** All departments at once; `listDepartmentsQueryKey()` invalidates them too. */
export const departmentsOptions = () =>
  queryOptions({
    queryKey: [{ ...listDepartmentsQueryKey()[0], every: true }] as const,
    queryFn: ({ signal }) => everyItem((query) => listDepartments({ query, signal })),
    staleTime: 5 * 60_000,
  })

export const teamsOptions = () =>
  queryOptions({
    queryKey: [{ ...listTeamsQueryKey()[0], every: true }] as const,
    queryFn: ({ signal }) => everyItem((query) => listTeams({ query, signal })),
    staleTime: 5 * 60_000,
  })

export const myTeamFeed = (managerId: string) =>
  peopleFeed({ manager_id: managerId, has_left: false })
