import { client } from './gen/client.gen'
import type { InvalidPart, ProblemDetails } from './gen/types.gen'

export interface OrganizationChoice {
  name: string
  slug: string
}

type ProblemBody = Partial<ProblemDetails> & {
  status: number
  retryAfter?: number | null
  /** An extension member of `organization_choice`. */
  organizations?: OrganizationChoice[]
}

/** What every generated call throws: an RFC 9457 problem, for network failures too. */
export class ApiError extends Error {
  readonly status: number
  readonly code: string
  readonly title: string
  readonly detail: string | null
  readonly requestId: string | null
  readonly errors: InvalidPart[]
  readonly organizations: OrganizationChoice[]
  readonly retryAfter: number | null

  constructor(problem: ProblemBody) {
    super(problem.detail ?? problem.title ?? `HTTP ${problem.status}`)
    this.name = 'ApiError'
    this.status = problem.status
    this.code = problem.code ?? (problem.status === 0 ? 'network' : `http_${problem.status}`)
    this.title = problem.title ?? 'Unexpected error'
    this.detail = problem.detail ?? null
    this.requestId = problem.request_id ?? null
    this.errors = problem.errors ?? []
    this.organizations = problem.organizations ?? []
    this.retryAfter = problem.retryAfter ?? null
  }

  /** The same refusal as a part of a larger form: its pointers begin further up. */
  under(prefix: string): ApiError {
    const errors = this.errors.map((error) =>
      error.pointer === undefined ? error : { ...error, pointer: `${prefix}${error.pointer}` },
    )
    return new ApiError({
      status: this.status,
      code: this.code,
      title: this.title,
      detail: this.detail ?? undefined,
      request_id: this.requestId ?? undefined,
      errors,
    })
  }

  /** Nobody's fault here: the line or the server failed, and the same request may succeed later. */
  get isOutage(): boolean {
    return this.status === 0 || this.status >= 500
  }

  /** Others are at it right now, and the same request succeeds soon. */
  get isBusy(): boolean {
    return this.status === 409 && this.retryAfter !== null
  }
}

function toApiError(error: unknown, response: Response | undefined): unknown {
  if (error instanceof ApiError) return error
  if (error instanceof DOMException && error.name === 'AbortError') return error
  if (!response) return new ApiError({ status: 0, title: 'Network error', code: 'network' })
  const body = typeof error === 'object' && error !== null ? (error as Partial<ProblemBody>) : {}
  const seconds = Number.parseInt(response.headers.get('Retry-After') ?? '', 10)
  return new ApiError({
    ...body,
    status: response.status,
    retryAfter: Number.isNaN(seconds) ? null : seconds,
  })
}

export function installProblems(): void {
  client.interceptors.error.use((error, response) => toApiError(error, response))
}

declare module '@tanstack/react-query' {
  interface Register {
    defaultError: ApiError
  }
}
