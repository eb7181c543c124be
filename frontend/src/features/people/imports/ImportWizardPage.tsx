import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { listImportsQueryKey } from '@/api/gen/@tanstack/react-query.gen'
import { planImport, suggestImportMapping } from '@/api/gen/sdk.gen'
import type { MappingDraft, MappingSuggestion } from '@/api/gen/types.gen'
import { PageHeader } from '@/components/PageHeader'
import { ImportSteps } from './ImportSteps'
import { MappingStep } from './MappingStep'
import { UploadStep } from './UploadStep'

/** From a file to a plan: upload it, then say what its columns mean. */
export function ImportWizardPage() {
  const { t } = useTranslation()
  const queryClient = useQueryClient()
  const navigate = useNavigate()
  const [read, setRead] = useState<{ file: File; suggestion: MappingSuggestion } | null>(null)
  const suggest = useMutation({
    mutationFn: async (file: File) => (await suggestImportMapping({ body: { file } })).data,
    meta: { handled: true },
    onSuccess: (suggestion, file) => setRead({ file, suggestion }),
  })
  const plan = useMutation({
    mutationFn: async ({ file, mapping }: { file: File; mapping: MappingDraft }) =>
      (await planImport({ body: { file, mapping: JSON.stringify(mapping) } })).data,
    meta: { handled: true },
    onSuccess: (planned) => {
      queryClient.invalidateQueries({ queryKey: listImportsQueryKey() })
      navigate({ to: '/admin/imports/$importId', params: { importId: planned.id } })
    },
  })
  return (
    <>
      <PageHeader
        title={t('imports.wizard')}
        subtitle={read ? read.file.name : t('imports.wizardHint')}
      />
      <ImportSteps at={read ? 'map' : 'upload'} />
      {read ? (
        <MappingStep
          suggestion={read.suggestion}
          problem={plan.error}
          isPlanning={plan.isPending}
          onBack={() => {
            plan.reset()
            setRead(null)
          }}
          onPlan={(mapping) => plan.mutate({ file: read.file, mapping })}
        />
      ) : (
        <UploadStep
          problem={suggest.error}
          isReading={suggest.isPending}
          onFile={(file) => suggest.mutate(file)}
        />
      )}
    </>
  )
}
