import { createFileRoute } from '@tanstack/react-router'
import { TemplatesPage } from '@/features/goals/templates/TemplatesPage'
import { textParam } from '@/lib/search'

export const Route = createFileRoute('/_app/goals/templates')({
  validateSearch: (raw): { edit?: string } => ({ edit: textParam(raw, 'edit') }),
  component: GoalTemplates,
})

function GoalTemplates() {
  const { edit } = Route.useSearch()
  const navigate = Route.useNavigate()
  return <TemplatesPage editing={edit} onEdit={(id) => navigate({ search: { edit: id } })} />
}
