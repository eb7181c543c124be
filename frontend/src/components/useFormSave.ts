import type { UseFormReturnType } from '@mantine/form'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { ANY_VERSION } from '@/api/etags'
import { sortFieldErrors } from '@/api/fieldErrors'
import { ApiError } from '@/api/problem'

interface FormSave<Values, Result> {
  form: UseFormReturnType<Values>
  /** Sends what was typed. `tag` is for `If-Match`; what creates has no use for it. */
  send: (values: Values, tag: string) => Promise<Result>
  /** The entity tag of what the form was filled from. */
  tag?: () => string
  /** Reads what is stored now, for whoever prefers it to their own. */
  reload?: () => Promise<Values>
  onSaved: (result: Result) => void
}

export interface SaveState {
  submit: (event?: React.FormEvent<HTMLFormElement>) => void
  isSaving: boolean
  isDirty: () => boolean
  /** What went wrong and belongs to no single field. */
  problem: ApiError | null
  messages: string[]
  /** Somebody else saved first (412): send ours all the same. */
  keepMine: (() => void) | null
  /** Or take theirs. */
  takeTheirs: () => void
}

function focusFirst(form: { getInputNode: (path: string) => HTMLElement | null }, paths: string[]) {
  for (const path of paths) {
    const node = form.getInputNode(path)
    if (node) {
      node.focus()
      return
    }
  }
}

/** Submits a form and brings the API's answer back to it: onto its fields, or above them. */
export function useFormSave<Values extends object, Result>(
  options: FormSave<Values, Result>,
): SaveState {
  const { form, send, tag, reload, onSaved } = options
  const [refusal, setRefusal] = useState<{ problem: ApiError; messages: string[] } | null>(null)
  const [conflicting, setConflicting] = useState<Values | null>(null)

  const save = useMutation<Result, Error, { values: Values; tag: string }>({
    mutationFn: ({ values, tag }) => send(values, tag),
    meta: { handled: true },
    onMutate: () => {
      setRefusal(null)
      setConflicting(null)
    },
    onSuccess: (result) => {
      form.resetDirty()
      onSaved(result)
    },
    onError: (error, { values }) => {
      if (!(error instanceof ApiError)) {
        reportError(error)
        return
      }
      if (error.status === 412) {
        setConflicting(values)
        return
      }
      const { fields, rest } = sortFieldErrors(error, (path) => form.getInputNode(path) !== null)
      form.setErrors(fields)
      const placed = Object.keys(fields)
      if (rest.length > 0 || placed.length === 0) setRefusal({ problem: error, messages: rest })
      focusFirst(form, placed)
    },
  })

  const takeTheirs = async () => {
    if (!reload) return
    form.setInitialValues(await reload())
    form.reset()
    setConflicting(null)
  }

  return {
    submit: form.onSubmit(
      (values) => save.mutate({ values, tag: tag?.() ?? ANY_VERSION }),
      (errors) => focusFirst(form, Object.keys(errors)),
    ) as SaveState['submit'],
    isSaving: save.isPending,
    isDirty: () => form.isDirty(),
    problem: refusal?.problem ?? null,
    messages: refusal?.messages ?? [],
    keepMine: conflicting && (() => save.mutate({ values: conflicting, tag: ANY_VERSION })),
    takeTheirs,
  }
}
