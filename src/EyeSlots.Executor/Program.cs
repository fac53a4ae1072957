using EyeSlots.Executor;
using EyeSlots.Spark.Contract;
using EyeSlots.Spark.Worker;

// Tasks that read folders cut without ever waiting and keep a thread each; shards would be published only when the pool has grown, after half a second.
ThreadPool.GetMinThreads(out var threads, out var ports);
ThreadPool.SetMinThreads(4 * threads, ports);
var jobs = new ShardJobs();
return await WorkerHost.Create()
    .Add(ShardFunction.Name, RemoteJson.Default.RemoteJob, job => new MakeShards(job, jobs))
    .Add(ProbeFunction.Name, RemoteJson.Default.RemoteProbe, probe => new Probe(probe))
    .RunAsync(args);
