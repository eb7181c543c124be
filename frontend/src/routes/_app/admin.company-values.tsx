import { createFileRoute } from '@tanstack/react-router'
import { valuesOptions } from '@/features/feedback/queries'
import { ValuesPage } from '@/features/feedback/values/ValuesPage'
import { textParam } from '@/lib/search'

export const Route = createFileRoute('/_app/admin/company-values')({
  validateSearch: (raw): { edit?: string } => ({ edit: textParam(raw, 'edit') }),
  loader: ({ context }) => context.queryClient.ensureQueryData(valuesOptions()),
  component: CompanyValues,
})

function CompanyValues() {
  const { edit } = Route.useSearch()
  const navigate = Route.useNavigate()
  return <ValuesPage editing={edit} onEdit={(id) => navigate({ search: { edit: id } })} />
}
