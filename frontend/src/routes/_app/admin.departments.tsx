import { createFileRoute } from '@tanstack/react-router'
import { departmentsOptions } from '@/features/people/queries'
import { DepartmentsPage } from '@/features/people/units/DepartmentsPage'
import { textParam } from '@/lib/search'

export const Route = createFileRoute('/_app/admin/departments')({
  validateSearch: (raw): { edit?: string } => ({ edit: textParam(raw, 'edit') }),
  loader: ({ context }) => context.queryClient.ensureQueryData(departmentsOptions()),
  component: Departments,
})

function Departments() {
  const { edit } = Route.useSearch()
  const navigate = Route.useNavigate()
  return <DepartmentsPage editing={edit} onEdit={(id) => navigate({ search: { edit: id } })} />
}
