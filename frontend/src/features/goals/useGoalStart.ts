import { useQuery } from '@tanstack/react-query'
import { today } from '@/lib/dates'
import { cyclesOptions } from './queries'

/** The day on which a goal would start: its own, that of its cycle, or today. */
export function useGoalStart() {
  const { data: cycles } = useQuery(cyclesOptions())
  return ({ starts_on, cycle_id }: { starts_on: string; cycle_id: string }): string =>
    starts_on || cycles?.find(({ id }) => id === cycle_id)?.starts_on || today()
}
