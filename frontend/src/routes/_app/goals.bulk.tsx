import { createFileRoute } from '@tanstack/react-router'
import { BulkPage } from '@/features/goals/bulk/BulkPage'
import { cyclesOptions } from '@/features/goals/queries'

export const Route = createFileRoute('/_app/goals/bulk')({
  loader: ({ context }) => context.queryClient.ensureQueryData(cyclesOptions()),
  component: BulkPage,
})
