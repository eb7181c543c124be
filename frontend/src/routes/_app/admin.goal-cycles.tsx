import { createFileRoute } from '@tanstack/react-router'
import { CyclesPage } from '@/features/goals/cycles/CyclesPage'
import { cyclesOptions } from '@/features/goals/queries'
import { textParam } from '@/lib/search'

export const Route = createFileRoute('/_app/admin/goal-cycles')({
  validateSearch: (raw): { edit?: string } => ({ edit: textParam(raw, 'edit') }),
  loader: ({ context }) => context.queryClient.ensureQueryData(cyclesOptions()),
  component: GoalCycles,
})

function GoalCycles() {
  const { edit } = Route.useSearch()
  const navigate = Route.useNavigate()
  return <CyclesPage editing={edit} onEdit={(id) => navigate({ search: { edit: id } })} />
}
