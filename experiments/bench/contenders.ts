import { setBackend } from '@tensorflow/tfjs';
import { startedBackends } from '../cli/useBackend.ts';
import type { Contender } from './Contender.ts';
import { gradientContenders } from './gradientContenders.ts';
import type { Task } from './Task.ts';
import { topkContenders } from './topkContenders.ts';

/** All contenders of this process at a task, on every backend that was started. */
export function contenders(task: Task): Contender[] {
  return startedBackends.flatMap((backend) => {
    void setBackend(backend); // synchronous, because the backend was started before
    return task.work === 'topk' ? topkContenders(task, backend) : gradientContenders(task, backend);
  });
}
