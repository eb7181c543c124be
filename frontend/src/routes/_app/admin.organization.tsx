import { createFileRoute } from '@tanstack/react-router'
import { getOrganizationOptions } from '@/api/gen/@tanstack/react-query.gen'
import { OrganizationPage } from '@/features/organizations/OrganizationPage'

export const Route = createFileRoute('/_app/admin/organization')({
  loader: ({ context }) => context.queryClient.ensureQueryData(getOrganizationOptions()),
  component: OrganizationPage,
})
