import * as tf from '@tensorflow/tfjs';

tf.env().set('IS_TEST', true); // no advice to install tfjs-node, and all checks stay on
