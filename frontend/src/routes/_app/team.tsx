import { createFileRoute } from '@tanstack/react-router'
import { meOptions } from '@/api/me'
import { GoalStrip } from '@/features/goals/GoalStrip'
import { currentCycle, cyclesOptions, goalTreeOptions } from '@/features/goals/queries'
import { myTeamFeed } from '@/features/people/queries'
import { TeamPage } from '@/features/people/TeamPage'

export const Route = createFileRoute('/_app/team')({
  loader: async ({ context: { queryClient } }) => {
    const me = await queryClient.ensureQueryData(meOptions())
    const cycles = await queryClient.ensureQueryData(cyclesOptions())
    await Promise.all([
      queryClient.ensureQueryData(goalTreeOptions(currentCycle(cycles)?.id)),
      queryClient.ensureInfiniteQueryData(myTeamFeed(me.person.id)),
    ])
  },
  component: () => <TeamPage goalsOf={(person) => <GoalStrip ownerId={person.id} />} />,
})
