using EyeSlots.Executor;
using EyeSlots.Spark.Contract;
using EyeSlots.Spark.Worker;

var jobs = new ShardJobs();
return await WorkerHost.Create()
    .Add(ShardFunction.Name, RemoteJson.Default.RemoteJob, job => new MakeShards(job, jobs))
    .Add(ProbeFunction.Name, RemoteJson.Default.RemoteProbe, probe => new Probe(probe))
    .RunAsync(args);
