import { createFileRoute } from '@tanstack/react-router'
import { ImportWizardPage } from '@/features/people/imports/ImportWizardPage'

export const Route = createFileRoute('/_app/admin/imports/new')({ component: ImportWizardPage })
