/** WGSL: `prefixSums(value)`, the sums of the values of all THREADS of a workgroup up to this one, and of all. */
export const PREFIX_SUMS = `
  const GROUP = 16u;
  var<workgroup> sums : array<u32, THREADS>;
  var<workgroup> groupSums : array<u32, THREADS / GROUP>;

  fn prefixSums(value : u32) -> vec2<u32> {
    let group = localIndex / GROUP;
    sums[localIndex] = value;
    workgroupBarrier();
    var upTo = 0u;
    for (var i = group * GROUP; i <= localIndex; i++) { upTo += sums[i]; }
    if (localIndex % GROUP == GROUP - 1u) { groupSums[group] = upTo; }
    workgroupBarrier();
    var all = 0u;
    for (var i = 0u; i < THREADS / GROUP; i++) {
      if (i == group) { upTo += all; }
      all += groupSums[i];
    }
    return vec2<u32>(upTo, all);
  }`;
