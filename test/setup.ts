import * as tf from '@tensorflow/tfjs';
import { tensorMatchers } from './matchers/tensorMatchers.ts';

tf.env().set('IS_TEST', true); // no advice to install tfjs-node, and all checks stay on
expect.extend(tensorMatchers);
