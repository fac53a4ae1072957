using EyeSlots.Cli;

return await EyeSlotsConsole.Create().RunAsync(args);
