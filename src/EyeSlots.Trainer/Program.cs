using EyeSlots.Trainer;

return await TrainerConsole.Create().RunAsync(args);
